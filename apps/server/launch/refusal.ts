/** Ends the launcher with a sentence and no stack. */
export class Refusal extends Error {
  override name = 'Refusal'
}
