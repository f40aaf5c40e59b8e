/**
 * The editor's styles, under a content security policy that lets no style element in. CodeMirror's sheets are made by
 * script only where the editor stands in a shadow root; the document is given the sheet of such a root, so that the editor
 * may stand in the page itself.
 */
import { EditorView } from '@codemirror/view'

let done = false

/** Before the first editor. */
export function allowStyles(): void {
  if (done) return
  done = true
  const root = document.createElement('div').attachShadow({ mode: 'open' })
  new EditorView({ parent: root, root }).destroy()
  // Where the library keeps what it mounted on a root is a symbol of its own.
  for (const symbol of Object.getOwnPropertySymbols(root))
    Object.defineProperty(document, symbol, { value: Reflect.get(root, symbol), configurable: true })
}
