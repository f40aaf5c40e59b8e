/**
 * The face of the sequencer, for the process that is nothing else: it holds the signing key, and loads no more of the
 * product than it needs.
 */
export { logFolder, signingKeyFile } from './folders.ts'
export { introductionOf } from './introduction.ts'
export { refusalCode, SequencerRefusal } from './refusal.ts'
export { runSequencer } from './sequencer.ts'
export { makeSigningKey, readSigningKey } from './signing-key.ts'
