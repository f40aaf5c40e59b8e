/** An invoice while it is written: its lines like a table, its totals while one types, and what the law finds missing. */
import { useState } from 'react'
import { type Draft, keepsFromIssuing, previewInvoice } from '#contract/billing'
import { hrefOf } from '#platform/ui/call.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useLeaving } from '#platform/ui/leaving.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { notify } from '#platform/ui/toast.tsx'
import type { CellName } from './cell.tsx'
import { ClientCard } from './client-card.tsx'
import { ConflictBox } from './conflict-box.tsx'
import { DraftHeader } from './draft-header.tsx'
import { editedOf, readDocument } from './edited-document.ts'
import { FinaliseDialog } from './finalise-dialog.tsx'
import { FindingsCard } from './findings-card.tsx'
import { type Mending, mendingOf, wordsOf } from './findings.ts'
import { InternalNote } from './internal-note.tsx'
import { LinesTable } from './lines-table.tsx'
import { PreviewSheet } from './preview-sheet.tsx'
import { TermsCard } from './terms-card.tsx'
import { TotalsCard } from './totals-card.tsx'
import { useDraftEditing } from './use-draft-editing.ts'

/** It is about to be no draft any more: nothing of it is asked for again. */
export type Ending = 'finalised' | 'discarded' | null

type DraftEditorProps = {
  draft: Draft
  /** Of a first line. */
  usualVat: string
  ending: Ending
  onEnding: (ending: Ending) => void
}

export function DraftEditor({ draft, usualVat, ending, onEnding }: DraftEditorProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const editing = useDraftEditing(draft, { usualVat, isEnding: ending !== null })
  const { document, act, sums, kept, check, conflict } = editing
  const [opened, setOpened] = useState<'profile' | 'preview' | 'finalise' | null>(null)
  const [wanted, setWanted] = useState<{ key: string; cell: CellName } | null>(null)
  const close = () => setOpened(null)
  const params = { id: draft.id }

  const mend = (mending: NonNullable<Mending>) => {
    if (mending.at === 'line') setWanted({ key: mending.key, cell: mending.cell })
    if (mending.at === 'lines') setWanted({ key: document.lines[0]?.key ?? '', cell: 'description' })
    if (mending.at === 'client') setOpened('profile')
    if (mending.at === 'field')
      window.document.querySelector<HTMLElement>(`[name="${CSS.escape(mending.name)}"]`)?.focus()
  }
  const preview = async () => {
    await editing.flush()
    setOpened('preview')
  }
  const withhold = () => {
    const [first] = editing.faults
    notify.told({
      title: t(first ? 'billing.editor.wrong.first' : 'billing.editor.unkept.first'),
      description: first?.sentence,
    })
    if (first?.mending) mend(first.mending)
  }
  const finalise = async () => {
    const checked = await editing.settle()
    if (!checked) return withhold()
    if (!keepsFromIssuing(checked.findings)) return setOpened('finalise')
    const errors = checked.findings.filter(({ severity }) => severity === 'error')
    const [first] = errors
    notify.told({
      title: t('billing.editor.check.first', { count: errors.length }),
      description: first && wordsOf(first, t).title,
    })
    const mending = first ? mendingOf(first.field, editing.keys) : null
    // Into the first cell or field; what is mended elsewhere is led to from the list of all.
    if (mending?.at === 'line' || mending?.at === 'lines' || mending?.at === 'field') return mend(mending)
    const list = window.document.getElementById('findings')
    list?.scrollIntoView({ block: 'center' })
    list?.querySelector<HTMLElement>('button, a')?.focus()
  }
  const isUnkept = kept.phase === 'refused' || kept.phase === 'failed' || kept.phase === 'conflict'
  const leaving = useLeaving(
    ending === null && (editing.faults.length > 0 || isUnkept),
    t(isUnkept ? 'billing.editor.leave.unkept' : 'billing.editor.leave.help'),
  )
  useShortcuts([{ keys: 'mod+enter', run: () => may('invoices.issue') && void finalise() }])
  const totalOf = (theirs: Draft) => readDocument(editedOf(theirs, formats.language)).sums.inclCents
  return (
    <>
      <DraftHeader
        draft={draft}
        editing={editing}
        onEnding={onEnding}
        onPreview={() => void preview()}
        onFinalise={() => void finalise()}
      />
      {conflict && (
        <ConflictBox
          by={conflict.updatedBy ?? ''}
          theirs={formats.money(totalOf(conflict))}
          mine={formats.money(sums.inclCents)}
          onMine={() => editing.keepMine(conflict)}
          onTheirs={() => editing.take(conflict)}
        />
      )}
      <div className="flex flex-col gap-4 xl:grid xl:grid-cols-[minmax(0,1fr)_20rem] xl:items-start">
        <div className="flex min-w-0 flex-col gap-4">
          <LinesTable
            lines={document.lines}
            exclCents={editing.exclCents}
            problems={editing.problems.byLine}
            act={act}
            wanted={wanted}
            onReached={() => setWanted(null)}
          />
          <div className="grid items-start gap-4 lg:grid-cols-2 *:last:max-lg:order-first">
            <TermsCard
              terms={editing.terms}
              document={document}
              problems={editing.problems.byField}
              isCreditNote={draft.typeCode === 381}
              setTerms={editing.setTerms}
              set={(part) => act({ do: 'set', part })}
            />
            <TotalsCard
              sums={sums}
              document={document}
              problem={editing.problems.byField.get('discount')}
              set={(part) => act({ do: 'set', part })}
            />
          </div>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <ClientCard
            clientId={draft.client.id}
            open={opened === 'profile'}
            onOpenChange={(open) => setOpened(open ? 'profile' : null)}
          />
          <div id="findings">
            <FindingsCard
              faults={editing.faults}
              findings={check?.findings}
              keys={editing.keys}
              onMend={mend}
            />
          </div>
          <InternalNote id={draft.id} note={draft.internalNote} />
        </div>
      </div>
      {opened === 'preview' && (
        <PreviewSheet
          title={t('billing.editor.preview')}
          href={hrefOf(previewInvoice, { params, query: { revision: kept.revision } })}
          picture={hrefOf(previewInvoice, { params, query: { revision: kept.revision, as: 'svg' } })}
          onClose={close}
        />
      )}
      {leaving}
      {opened === 'finalise' && check && (
        <FinaliseDialog
          id={draft.id}
          typeCode={draft.typeCode}
          check={check}
          onEnding={onEnding}
          onClose={close}
        />
      )}
    </>
  )
}
