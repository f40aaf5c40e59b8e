/**
 * Lines that stand in a text while it is read and in none that is kept: where a mail program itself says that history or a
 * signature begins. Of characters that mean nothing (Unicode's private use), taken out of whatever comes in.
 */
export const marks = {
  /** From here to the end. */
  history: '\uE000',
  quoteBegins: '\uE001',
  quoteEnds: '\uE002',
  signatureBegins: '\uE003',
  signatureEnds: '\uE004',
} as const

/** In place of a picture in the mail: which of its parts it is. */
export const pictureMark = (part: number) => `\uE005${part}\uE006`
export const pictureMarks = /\uE005(\d{1,4})\uE006/g

export const withoutMarks = (text: string) => text.replaceAll(/[\uE000-\uE006]/g, '')
