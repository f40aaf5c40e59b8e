import { z } from 'zod'

/**
 * A row's identity on the wire, written as PostgreSQL writes it: in capitals it would name the same row, and another file,
 * key or line of the log.
 */
export const Id = z.uuid().toLowerCase()
export type Id = z.infer<typeof Id>

/** Which state of a row somebody saw: it grows with each change, in a PostgreSQL integer. */
export const Revision = z.int32().min(1)

/** A calendar day, `2026-02-27`; the year lies between 1900 and 2200, so that a zero date is refused. */
export const Day = z.iso
  .date()
  .refine((day) => day >= '1900-01-01' && day <= '2200-12-31', { params: { code: 'date_out_of_range' } })
export type Day = z.infer<typeof Day>

/** A calendar month, `2026-02`, between the years 1900 and 2199. */
export const Month = z.string().regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/, { error: 'month_wrong' })
export type Month = z.infer<typeof Month>

/** An instant with its offset, `2026-02-27T08:33:00.000Z`. */
export const Instant = z.iso.datetime({ offset: true })
export type Instant = z.infer<typeof Instant>

/** One line of text as people type it: trimmed, composed (some keyboards send é as two characters), without control characters. */
export const line = (max: number) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .max(max)
    // PostgreSQL refuses a NUL and half of a character (a lone surrogate), and a line break has no place in one line.
    // oxlint-disable-next-line no-control-regex
    .regex(/^[^\u0000-\u001F\u007F\p{Cs}]*$/u, { error: 'control_characters' })

/** Text of several lines: line breaks and tabs kept, other control characters refused. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    // oxlint-disable-next-line no-control-regex
    .regex(/^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\p{Cs}]*$/u, { error: 'control_characters' })
