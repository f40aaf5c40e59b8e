/** With what the process ends when the log must not grow until a person has looked: no other failure has this code. */
export const refusalCode = 4

/**
 * What stands in the database, on disk or in the key's file does not go together, so that going on would sign a second
 * history. A sentence for the operator; trying again changes nothing.
 */
export class SequencerRefusal extends Error {
  override name = 'SequencerRefusal'
}
