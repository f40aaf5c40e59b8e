/**
 * What could not be saved yet, kept on the device: a telephone that loses the network in the middle of a note, or whose
 * tab is killed, loses nothing. Only ciphertext lies there (AES-256-GCM); the key comes from the server, is one member's
 * own and lives in memory: whoever finds the device finds nothing to read, and the next to sign in opens their own alone.
 */
import type { Written } from '../writing/written.ts'

/** Text of one note that the server has not, as far as this device knows. */
export type Unsaved = {
  written: Written
  /** What it was typed over; 0: the server has nothing of this note. */
  revision: number
  /** Fingerprints of what was sent and never answered: where the server holds one of these, it came through. */
  sent: readonly string[]
  /** When it was typed. */
  keptAt: string
}

export type UnsavedNotes = {
  keep(noteId: string, unsaved: Unsaved): Promise<void>
  of(noteId: string): Promise<Unsaved | undefined>
  forget(noteId: string): Promise<void>
}

type Row = { place: string; nonce: Uint8Array<ArrayBuffer>; sealed: ArrayBuffer }

const table = 'unsaved'

/** Of which notes there is unsaved text: it takes no key to know that there is any. */
export async function unsavedIds(memberId: string): Promise<string[]> {
  const mine = IDBKeyRange.bound(`${memberId}/`, `${memberId}/\uFFFF`)
  const database = await opened()
  const places = await answer(database.transaction(table).objectStore(table).getAllKeys(mine))
  database.close()
  return places.map((place) => String(place).slice(memberId.length + 1))
}

/** @param key 32 bytes in base64; it is not handed on, and the browser does not give it out again */
export async function openUnsavedNotes(memberId: string, key: string): Promise<UnsavedNotes> {
  const bytes = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0))
  const cryptoKey = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
  const database = await opened()
  const placeOf = (noteId: string) => `${memberId}/${noteId}`
  const ask = <R>(mode: IDBTransactionMode, question: (rows: IDBObjectStore) => IDBRequest<R>) =>
    answer(question(database.transaction(table, mode, { durability: 'strict' }).objectStore(table)))
  // One after the other: what was typed first is not what stays.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <R>(work: () => Promise<R>): Promise<R> => {
    const mine = last.then(work, work)
    last = mine
    return mine
  }
  return {
    keep: (noteId, unsaved) =>
      inTurn(async () => {
        const place = placeOf(noteId)
        const nonce = crypto.getRandomValues(new Uint8Array(12))
        const text = new TextEncoder().encode(JSON.stringify(unsaved))
        const sealed = await crypto.subtle.encrypt(sealing(nonce, place), cryptoKey, text)
        await ask('readwrite', (rows) => rows.put({ place, nonce, sealed } satisfies Row))
      }),
    async of(noteId) {
      const place = placeOf(noteId)
      const row = (await ask('readonly', (rows) => rows.get(place))) as Row | undefined // as `keep` writes them
      if (!row) return undefined
      try {
        const text = await crypto.subtle.decrypt(sealing(row.nonce, place), cryptoKey, row.sealed)
        return JSON.parse(new TextDecoder().decode(text)) as Unsaved // sealed by `keep`
      } catch {
        // Damaged, or of a key the practice no longer has: nobody can read it.
        return undefined
      }
    },
    forget: (noteId) =>
      inTurn(async () => {
        await ask('readwrite', (rows) => rows.delete(placeOf(noteId)))
      }),
  }
}

/** Bound to its member and note: under another one's name it does not open. */
const sealing = (nonce: Uint8Array<ArrayBuffer>, place: string) => ({
  name: 'AES-GCM',
  iv: nonce,
  additionalData: new TextEncoder().encode(place),
})

function opened(): Promise<IDBDatabase> {
  const opening = indexedDB.open('magestionpsy-notes', 1)
  opening.addEventListener('upgradeneeded', () => {
    opening.result.createObjectStore(table, { keyPath: 'place' })
  })
  return answer(opening)
}

function answer<R>(question: IDBRequest<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    question.addEventListener('success', () => resolve(question.result))
    question.addEventListener('error', () => reject(question.error ?? new Error('the device keeps nothing')))
  })
}
