/** The words by which mail programs announce what was written before, and sign for themselves, in the languages of our customers. */

/** « Le 22 nov. 2026 à 10:00, Odile Perrin <…> a écrit : », in one line or wrapped over several. */
export function announcesQuote(said: string): boolean {
  const text = said.replaceAll(/[*>\s\u00A0\u202F]+/g, ' ').trim()
  if (text.length < 8 || text.length > 400) return false
  return announcements.some((announcement) => announcement.test(text))
}
const announcements = [
  /^Le .{4,300}(?:a|avez) écrit ?:?$/i,
  /^On .{4,300} wrote ?:?$/i,
  /^Am .{4,300} schrieb\b.{0,200}:?$/i,
  /^El .{4,300} escribió ?:?$/i,
  /^Il .{4,300} ha scritto ?:?$/i,
  /^Op .{4,300} (?:schreef|heeft).{0,200}:?$/i,
  /^Em .{4,300} escreveu ?:?$/i,
  // Thunderbird and Apple Mail, with the name first.
  /^.{2,200} (?:a écrit|wrote|schrieb)(?: le .{4,80}| on .{4,80}| am .{4,80})? ?:$/i,
  /^\d{4}[-/]\d{2}[-/]\d{2} .{2,200}[:;]$/,
]

/** A line that says by itself that the rest is an older mail. */
export function beginsOlderMail(line: string): boolean {
  const text = line.replaceAll(/[*>]/g, '').trim()
  return (
    text.length < 100 &&
    /^-{2,} ?(?:Message d[’']origine|Message original|Original Message|Original-Nachricht|Ursprüngliche Nachricht|Mensaje original|Messaggio originale|Oorspronkelijk bericht|Reply Message|Message initial) ?-{2,}$/i.test(
      text,
    )
  )
}

/** What was handed on is what the mail is about, not its history. */
export function beginsForward(line: string): boolean {
  const text = line.replaceAll(/[*>]/g, '').trim()
  return (
    text.length < 120 &&
    /^(?:-{2,} ?(?:Forwarded message|Message transféré|Weitergeleitete Nachricht|Mensaje reenviado|Messaggio inoltrato|Doorgestuurd bericht) ?-{2,}|Begin forwarded message ?:|Début du message (?:réexpédié|transféré) ?:|Anfang der weitergeleiteten Nachricht ?:)$/i.test(
      text,
    )
  )
}

export const isForward = (subject: string) => /^\s*(?:tr|fw|fwd|wg|rv|enc|i|doorst)\s?:/i.test(subject)

/** The head of an older mail as Outlook repeats it: who, when, to whom, about what. */
export function isOldHead(lines: readonly string[]): boolean {
  const [from, ...rest] = lines.map((line) => line.replaceAll(/[*>]/g, '').trim())
  if (from === undefined || !/^(?:De|From|Von|Da|Van|Expéditeur)[ \u00A0\u202F]?:/i.test(from)) return false
  const others = rest.filter((line) =>
    /^(?:Envoyé(?: le)?|Sent|Gesendet|Date|Datum|Enviado(?: el)?|Inviato|À|A|To|An|Para|Pour|Destinataire|Cc|Objet|Subject|Betreff|Asunto|Oggetto|Onderwerp)[ \u00A0\u202F]?:/i.test(
      line,
    ),
  )
  return others.length >= 2
}

/** The line Outlook draws above it, on the telephone and on the web. */
export const isRule = (line: string) => /^[_]{20,}$/.test(line.trim())

/** What a telephone or a program adds below. */
export function isProgramsOwn(line: string): boolean {
  const text = line.replaceAll(/[*_[\]]/g, '').trim()
  return (
    text !== '' &&
    text.length < 200 &&
    /^(?:Envoyé (?:de mon|depuis mon|depuis|à partir de|par|avec)|Sent (?:from|with|via)|Von meinem .{1,60} gesendet|Gesendet (?:von|mit)|Diese Nachricht wurde von meinem|Get Outlook for|Télécharger Outlook pour|Obtenir Outlook pour|Outlook für .{1,60} beziehen|Enviado desde mi|Inviato da|Provenance : Courrier pour)\b/i.test(
      text,
    )
  )
}
