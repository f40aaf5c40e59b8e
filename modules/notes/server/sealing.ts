import type { Vault } from '#platform/server/vault.ts'

/** Where each text of a note is sealed to: in another note's row, or another column, it does not open. */
const places = {
  title: (id: string) => `notes.title:${id}`,
  body: (id: string) => `notes.body:${id}`,
  formerBody: (id: string, version: number) => `note_versions.body:${id}:${version}`,
  reason: (id: string, version: number) => `note_versions.reason:${id}:${version}`,
}

type Sealed = Uint8Array

/** What notes say, under the practice's own key. An empty title is sealed as nothing at all. */
export function sealingWith(vault: Vault) {
  const seal = (text: string, place: string) => vault.seal(Buffer.from(text), place)
  const open = (sealed: Sealed, place: string) => vault.open(sealed, place).toString()
  return {
    sealTitle: (title: string, id: string) => (title === '' ? null : seal(title, places.title(id))),
    openTitle: (sealed: Sealed | null, id: string) => (sealed === null ? '' : open(sealed, places.title(id))),
    sealBody: (body: string, id: string) => seal(body, places.body(id)),
    openBody: (sealed: Sealed, id: string) => open(sealed, places.body(id)),
    sealFormerBody: (body: string, id: string, version: number) => seal(body, places.formerBody(id, version)),
    openFormerBody: (sealed: Sealed, id: string, version: number) =>
      open(sealed, places.formerBody(id, version)),
    sealReason: (reason: string, id: string, version: number) => seal(reason, places.reason(id, version)),
    openReason: (sealed: Sealed | null, id: string, version: number) =>
      sealed === null ? '' : open(sealed, places.reason(id, version)),
  }
}

export type Sealing = ReturnType<typeof sealingWith>
