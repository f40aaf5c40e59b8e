import type { Translate } from '#platform/ui/messages.tsx'

/** What the editor itself says, in the reader's language: its own words are the keys. */
export const phrasesIn = (t: Translate): Record<string, string> => ({
  Find: t('sql.find'),
  Replace: t('sql.find.by'),
  next: t('sql.find.next'),
  previous: t('sql.find.previous'),
  all: t('sql.find.all'),
  'match case': t('sql.find.case'),
  regexp: t('sql.find.regexp'),
  'by word': t('sql.find.word'),
  replace: t('sql.find.replace'),
  'replace all': t('sql.find.replace-all'),
  close: t('ui.close'),
  'current match': t('sql.find.current'),
  'on line': t('sql.find.on-line'),
  'replaced match on line $': t('sql.find.replaced-one'),
  'replaced $ matches': t('sql.find.replaced'),
  'Go to line': t('sql.find.line'),
  go: t('sql.find.go'),
  Completions: t('sql.editor.completions'),
  Diagnostics: t('sql.editor.problems'),
  'No diagnostics': t('sql.editor.problems.none'),
  'Selection deleted': t('sql.editor.deleted'),
  'Control character': t('sql.editor.control'),
})
