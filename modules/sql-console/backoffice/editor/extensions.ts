/** What an editor of ours can do, whichever text is in it. */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, indentUnit } from '@codemirror/language'
import { lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view'
import type { Translate } from '#platform/ui/messages.tsx'
import { phrasesIn } from './phrases.ts'
import { theme } from './theme.ts'

/**
 * Chrome writes styles beside what is typed over coloured text, which the content security policy refuses with a word in
 * the console: a selection is replaced by the editor itself.
 */
const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data } = event
    const { from, to, empty } = view.state.selection.main
    if (empty || data === null || event.isComposing || event.inputType !== 'insertText') return false
    const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: 'input.type' })
    const isHandled = view.state
      .facet(EditorView.inputHandler)
      .some((handle) => handle(view, from, to, data, insert))
    if (!isHandled) view.dispatch(insert())
    event.preventDefault()
    return true
  },
})

export function common(t: Translate, label: string): Extension {
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    bracketMatching(),
    closeBrackets(),
    autocompletion({
      icons: false,
      activateOnTypingDelay: 120,
      // Of names that begin alike, the shorter is meant more often.
      compareCompletions: (a, b) => a.label.length - b.label.length || (a.label < b.label ? -1 : 1),
    }),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    replacing,
    EditorView.lineWrapping,
    indentUnit.of('  '),
    placeholder(t('sql.editor.placeholder')),
    EditorState.phrases.of(phrasesIn(t)),
    EditorView.contentAttributes.of({
      'aria-label': label,
      spellcheck: 'false',
      // It scrolls, and is reached by key.
      tabindex: '0',
      autocapitalize: 'off',
    }),
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...completionKeymap,
      ...lintKeymap,
    ]),
    theme,
  ]
}
