import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { FileMissing, openTenantFolders } from '#platform/server/tenant-folders.ts'
import { mustBePrintable } from '#platform/server/typeset.ts'
import type { Pdfs } from './pdfs.ts'
import { openPress } from './pressing.ts'
import { loadSeal, mustHold, type Seal, type SealPlace } from './seal.ts'
import { carried } from './sealing.ts'

const fileName = 'sealed.pdf'

export function openPdfs(on: SealPlace): Pdfs {
  const press = openPress()
  // Whole or not there: what a practice's files need too. Here each document has a folder.
  const folders = openTenantFolders(join(on.dataDir, 'invoice-files'))
  let loaded: Promise<Seal> | undefined
  /** What could not be read now may be there next time. */
  const seal = () =>
    (loaded ??= loadSeal(on).catch((error: unknown) => {
      loaded = undefined
      throw error
    }))
  const holds = async (now: Date) => {
    const own = await seal()
    mustHold(own, on.sealFiles, now)
    return own.validTo
  }
  return {
    mustSeal: (now) =>
      holds(now).catch(() => {
        loaded = undefined
        return holds(now)
      }),
    async sealed(document) {
      const own = await seal()
      const bytes = await press.make({ what: 'sealed', document, seal: carried(own) })
      return { bytes, certificateSha256: own.certificateSha256 }
    },
    plain: (content, stamp, settled) => press.make({ what: 'plain', content, stamp, settled }),
    picture: (content, stamp, settled) => press.make({ what: 'svg', content, stamp, settled }),
    mustPrint: mustBePrintable,
    keep: async (invoiceId, bytes) => void (await folders.write(invoiceId, fileName, once(bytes))),
    async kept(invoiceId) {
      try {
        return await buffer(await folders.read(invoiceId, fileName))
      } catch (error) {
        if (error instanceof FileMissing) return undefined
        throw error
      }
    },
    close: press.close,
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
