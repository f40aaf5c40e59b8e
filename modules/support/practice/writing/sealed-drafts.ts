/**
 * What is typed and not sent yet stays in the tab's own memory: a reload, a session that ended or a page left by mistake
 * loses nothing, and it goes with the tab. Only ciphertext lies there (AES-256-GCM, as notes have it: decision 0024); the
 * key comes from the server, is one member's own and lives in memory: the next to sign in here reads nobody else's.
 */
import type { Draft } from './draft.ts'

export type SealedDrafts = {
  read(place: string): Promise<Draft | undefined>
  /** Undefined: nothing is kept there any more. */
  keep(place: string, draft: Draft | undefined): void
}

const nonceBytes = 12

/** @param key 32 bytes in base64; the browser does not give it out again */
export async function openSealedDrafts(memberId: string, key: string): Promise<SealedDrafts> {
  const bytes = bytesOf(key)
  const cryptoKey = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
  const nameOf = (place: string) => `mgp.help.${memberId}.${place}`
  const sealing = (iv: Uint8Array<ArrayBuffer>, name: string) => ({
    name: 'AES-GCM',
    iv,
    additionalData: new TextEncoder().encode(name),
  })
  // One after the other: what was typed first is not what stays.
  let last: Promise<unknown> = Promise.resolve()
  return {
    async read(place) {
      try {
        const kept = sessionStorage.getItem(nameOf(place))
        if (kept === null) return undefined
        const [nonce, sealed] = [bytesOf(kept).slice(0, nonceBytes), bytesOf(kept).slice(nonceBytes)]
        const text = await crypto.subtle.decrypt(sealing(nonce, nameOf(place)), cryptoKey, sealed)
        return JSON.parse(new TextDecoder().decode(text)) as Draft // sealed by `keep`
      } catch {
        // Damaged, or nobody's here.
        return undefined
      }
    },
    keep(place, draft) {
      const name = nameOf(place)
      last = last.then(async () => {
        // A browser that keeps nothing is none to fail over.
        try {
          if (!draft) return sessionStorage.removeItem(name)
          const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
          const text = new TextEncoder().encode(JSON.stringify(draft))
          const sealed = new Uint8Array(await crypto.subtle.encrypt(sealing(nonce, name), cryptoKey, text))
          sessionStorage.setItem(name, textOf([...nonce, ...sealed]))
        } catch {}
      })
    },
  }
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))

/** Letter by letter: a draft is longer than a call has room for arguments. */
const textOf = (bytes: readonly number[]) => btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''))
