/** A small signed log in memory: what a sequencer publishes, without a database. */
import { openGrowing } from '../../modules/audit/server/sequencing/growing.ts'
import { signCheckpoint } from '../../modules/audit/server/tree/checkpoints.ts'
import { generateKey, type Signer } from '../../modules/audit/server/tree/keys.ts'

export const origin = 'localhost:3000/audit/log'

/** @param signer the key of another one, for a second history under the same name */
export function signedLog(signer: Signer = generateKey(origin).signer) {
  const files = new Map<string, Buffer>()
  const tree = openGrowing()
  return {
    signer,
    read: (path: string) => Promise.resolve(files.get(path)),
    /** Takes so many more entries. @returns the tree head over all of them */
    grow(count: number, word = 'entry') {
      for (let more = 0; more < count; more++) tree.append(Buffer.from(`${word} ${tree.size}`))
      for (const { path, bytes } of tree.takeFiles()) files.set(path, Buffer.from(bytes))
      const root = tree.root()
      return { size: tree.size, root, note: signCheckpoint({ origin, size: tree.size, root }, signer) }
    },
  }
}
