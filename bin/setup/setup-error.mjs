/** A failure of the set-up that a person can mend: shown as a sentence, without a stack. */
export class SetupError extends Error {
  name = 'SetupError'
}
