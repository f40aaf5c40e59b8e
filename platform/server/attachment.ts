/**
 * The value of `content-disposition` for what is kept and never shown in place: « Attestation d'honoraires.pdf » as well
 * as 李小龍.pdf. RFC 8187, section 3.2.1: encodeURIComponent leaves four characters as they are that may not stand there,
 * and with the apostrophe, of which French is full, a browser takes the whole name for damaged and invents another.
 */
export const attachment = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )}`
