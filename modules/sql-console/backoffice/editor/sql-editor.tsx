/** The text itself: PostgreSQL in colours, with what the target holds proposed and what is wrong underlined. */
import { acceptCompletion, closeCompletion } from '@codemirror/autocomplete'
import { historyField } from '@codemirror/commands'
import { type Diagnostic, linter, setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState, type Extension, Prec } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { type RefObject, useEffect, useEffectEvent, useImperativeHandle, useMemo, useRef } from 'react'
import { useMessages } from '#platform/ui/messages.tsx'
import { language, type Known } from './completing.ts'
import { common } from './extensions.ts'
import { allowStyles } from './style-sheets.ts'

export type Selected = { from: number; to: number; cursor: number }

/** What the page around does to the text. */
export type EditorHandle = {
  selection: () => Selected
  replace: (text: string) => void
  insert: (text: string) => void
  /** Underlines, brings into sight and puts the cursor there. */
  show: (marks: readonly Diagnostic[]) => void
  focus: () => void
}

export type SqlEditorProps = {
  handle: RefObject<EditorHandle | null>
  /** States of the tabs' editors by their ids: with its own, each has its own undo. */
  states: Map<string, EditorState>
  id: string
  text: string
  label: string
  known: Known | undefined
  check: (text: string) => Promise<Diagnostic[]>
  onChange: (text: string) => void
  onSelect: (selected: Selected) => void
  onRun: () => void
  onSimulate: () => void
  onFormat: () => void
  /** @returns whether there was anything to end */
  onEscape: () => boolean
}

/** Long enough not to ask in the middle of a word. */
const pause = 350

const vocabulary = new Compartment()

export function SqlEditor(props: SqlEditorProps) {
  const t = useMessages()
  const { handle, states, id, text, known } = props
  const kinds = useMemo(
    () => ({ table: t('sql.kind.table'), view: t('sql.kind.view'), function: t('sql.kind.function') }),
    [t],
  )
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const act = useEffectEvent((name: 'onRun' | 'onSimulate' | 'onFormat') => {
    if (view.current) closeCompletion(view.current)
    props[name]()
    return true
  })
  const escaped = useEffectEvent(() => props.onEscape())
  const changed = useEffectEvent((next: string) => props.onChange(next))
  const moved = useEffectEvent((state: EditorState) => props.onSelect(selectedIn(state)))
  const checked = useEffectEvent((doc: string) => props.check(doc))

  const begin = useEffectEvent(() => {
    const own: Extension = [
      Prec.highest(
        keymap.of([
          { key: 'Mod-Shift-Enter', run: () => act('onSimulate') },
          { key: 'Mod-Enter', run: () => act('onRun') },
          { key: 'Mod-Shift-f', run: () => act('onFormat') },
          { key: 'Tab', run: acceptCompletion },
          { key: 'Escape', run: () => escaped() },
        ]),
      ),
      linter((at) => checked(at.state.doc.toString()), { delay: pause }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) changed(update.state.doc.toString())
        if (update.selectionSet || update.docChanged) moved(update.state)
      }),
    ]
    // A state brings its extensions with it, and those hear the editor that made them: what is kept of a tab is its
    // text, its selection and its history, given to this one.
    const kept = states.get(id)
    const extensions = [own, common(t, props.label), vocabulary.of(language(known, kinds))]
    if (!kept || kept.doc.toString() !== text) return EditorState.create({ doc: text, extensions })
    return EditorState.fromJSON(kept.toJSON(withHistory), { extensions }, withHistory)
  })

  useEffect(() => {
    if (!place.current) return
    allowStyles()
    const made = new EditorView({ parent: place.current, state: begin() })
    view.current = made
    moved(made.state)
    return () => {
      states.set(id, made.state)
      made.destroy()
      view.current = null
    }
  }, [states, id])

  useEffect(() => {
    view.current?.dispatch({ effects: vocabulary.reconfigure(language(known, kinds)) })
  }, [known, kinds])

  useImperativeHandle(handle, () => ({
    selection: () => (view.current ? selectedIn(view.current.state) : { from: 0, to: 0, cursor: 0 }),
    replace: (next) => {
      const { current } = view
      current?.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: next } })
    },
    insert: (more) => {
      const { current } = view
      if (!current) return
      current.dispatch(current.state.replaceSelection(more))
      current.focus()
    },
    show: (marks) => {
      const { current } = view
      if (!current) return
      const within = marks.map((mark) => fitted(mark, current.state.doc.length))
      current.dispatch(setDiagnostics(current.state, within))
      const [first] = within
      if (first)
        current.dispatch({
          selection: { anchor: first.from },
          effects: EditorView.scrollIntoView(first.from, { y: 'center' }),
        })
    },
    focus: () => view.current?.focus(),
  }))

  return <div ref={place} className="min-h-0 overflow-hidden" />
}

const withHistory = { history: historyField }

function selectedIn({ selection: { main } }: EditorState): Selected {
  return { from: main.from, to: main.to, cursor: main.head }
}

/** Never empty and never outside: an underline needs something to stand under. */
function fitted(mark: Diagnostic, length: number): Diagnostic {
  const from = Math.max(0, Math.min(mark.from, length - 1))
  return { ...mark, from, to: Math.max(Math.min(mark.to, length), Math.min(from + 1, length)) }
}
