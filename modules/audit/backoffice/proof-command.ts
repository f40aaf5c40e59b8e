/** A proof is held against the key one knows, not the one that came with it. */
export function proofCommand(number: number, vkey: string | null | undefined): string {
  return `bin/mgp audit verify-proof journal-${number}.tlog-proof${vkey ? ` --key ${vkey}` : ''}`
}
