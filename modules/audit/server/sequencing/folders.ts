import path from 'node:path'

/** Where the log is published for others to read: `checkpoint`, `vkey` and `tile/…`, laid out as C2SP tlog-tiles says. */
export function logFolder(dataDir: string): string {
  return path.join(dataDir, 'audit-log')
}

/** The signing key's file, in a folder of its own that nobody but the sequencer has a reason to enter. */
export function signingKeyFile(dataDir: string): string {
  return path.join(dataDir, 'audit-key', 'signing.key')
}
