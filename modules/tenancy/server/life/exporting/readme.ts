import type { Reader } from './rows.ts'

// What lies beside the files of an export, for whoever opens it years later. It is in French, as the practice is.
export function readme({
  practice,
  now,
  timeZone,
  reader,
  withOwnNotes,
  counts,
  files,
  missing,
  sealed,
}: {
  practice: string
  now: Date
  timeZone: string
  reader: Reader
  withOwnNotes: boolean
  counts: Record<string, number>
  files: number
  missing: readonly string[]
  sealed: readonly string[]
}): string {
  const at = new Intl.DateTimeFormat('fr-FR', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(now)
  const number = new Intl.NumberFormat('fr-FR')
  const lines = [
    practice,
    `Données du cabinet au ${at}`,
    '',
    'json/   chaque table, une ligne par objet, en UTF-8',
    'csv/    les mêmes tables pour un tableur : point-virgule, UTF-8 avec marque d’ordre',
    'files/  les fichiers déposés, tels qu’ils étaient',
    ...(withOwnNotes ? ['notes/  vos notes, en clair'] : []),
    '',
    `Les heures sont celles du cabinet (${timeZone}), avec leur décalage sur le temps universel.`,
    'Les montants sont en centimes d’euro.',
    '',
    ...Object.entries(counts).map(([table, rows]) => `${table.padEnd(24)} ${number.format(rows)}`),
    `${'fichiers'.padEnd(24)} ${number.format(files)}`,
    '',
  ]
  if (reader === 'member')
    lines.push(
      'Les notes ne sont dans aucune table de cet export : elles appartiennent à leur auteur, et lui seul les lit.',
      withOwnNotes
        ? 'Les vôtres sont dans notes/mes-notes.json, comme vous l’avez demandé.'
        : 'Vous n’avez pas demandé les vôtres : elles n’y sont pas.',
      '',
    )
  if (sealed.length > 0)
    lines.push(
      'Le texte des notes n’est pas dans cet export : il est chiffré, et seul son auteur peut le lire.',
      'Il l’obtient depuis son propre espace.',
      `Colonnes laissées de côté : ${sealed.join(', ')}.`,
      '',
    )
  if (missing.length > 0)
    lines.push('Ces fichiers étaient nommés et introuvables :', ...missing.map((name) => `- ${name}`), '')
  lines.push(
    'Ces données relèvent du secret professionnel. Conservez-les chiffrées et détruisez-les après usage.',
    '',
  )
  return lines.join('\r\n')
}
