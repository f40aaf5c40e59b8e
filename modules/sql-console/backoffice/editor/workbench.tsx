import { type EditorState } from '@codemirror/state'
import { useRef, useState } from 'react'
import { getSqlTarget, mostRowsShown } from '#contract/sql-console'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { useGo } from '#platform/ui/link.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { notify } from '#platform/ui/toast.tsx'
import { sendTo } from '../fleet/addresses.ts'
import { isUnsaved } from '../saved/kept-query.ts'
import { SavedActs } from '../saved/saved-acts.tsx'
import { SavedLine } from '../saved/saved-line.tsx'
import { useSaving } from '../saved/use-saving.ts'
import { placeOn, useAltKeys } from './alt-keys.ts'
import { check, marksAfter } from './checking.ts'
import { titleOf } from './kept-tabs.ts'
import { meantBy } from './meant.ts'
import { ModeSwitch } from './mode-switch.tsx'
import { Outcome } from './outcome.tsx'
import { RunButton } from './run-button.tsx'
import { ParameterFields, parametersFor } from './parameter-fields.tsx'
import { parametersIn } from './statement-at.ts'
import { type EditorHandle, type Selected, SqlEditor } from './sql-editor.tsx'
import { isClosed } from './stale.ts'
import { Standing } from './standing.tsx'
import { TabStrip } from './tab-strip.tsx'
import { TextTools, useFormat } from './text-tools.tsx'
import { EnvironmentBand, frames, TargetBar, UnknownBand } from './target-bar.tsx'
import { UnmaskButton } from '../unmasking/unmask-button.tsx'
import { UnmaskingBanner } from '../unmasking/unmasking-banner.tsx'
import { useUnmasking } from '../unmasking/use-unmasking.ts'
import { useLooked } from './use-looked.ts'
import { isOver, useRuns } from './use-runs.ts'
import type { useTabs } from './use-tabs.ts'

export function Workbench({
  tabs: { tabs, tab, change, choose, close, open, openQuery, reopen },
}: {
  tabs: ReturnType<typeof useTabs>
}) {
  const t = useMessages()
  const may = useMay()
  const go = useGo()
  const { language } = useFormats()
  const runs = useRuns()
  const unmasking = useUnmasking(runs)
  const editor = useRef<EditorHandle | null>(null)
  const below = useRef<HTMLDivElement>(null)
  const isStarting = useRef(false)
  const bench = useRef<HTMLElement>(null)
  const narrow = useNarrow()
  const [states] = useState(() => new Map<string, EditorState>())
  const [selected, setSelected] = useState<Selected>({ from: 0, to: 0, cursor: 0 })
  const target = useEndpoint(getSqlTarget, { params: { target: tab.target } }, { keepPrevious: true })
  const known = target.data?.id === tab.target ? target.data : undefined
  const current = runs.of(tab.id)
  const isRunning = current !== undefined && !isOver(current)

  const { checked, parameters, look } = useLooked(tab.text)
  const saving = useSaving(tab, parameters, change)
  const meant = meantBy(tab.text, tab.mode, selected, checked?.statements)

  const start = async (mode: 'read' | 'simulate') => {
    // Two keys at once come before the first is seen to run: the second would be refused, and stand where the first's result should.
    if (isStarting.current || runs.isAnyRunning || tab.text.trim() === '') return
    isStarting.current = true
    await begin(mode).finally(() => {
      isStarting.current = false
    })
  }
  const begin = async (mode: 'read' | 'simulate') => {
    const { id, text } = tab
    const found = checked ?? (await check(text))
    const now = editor.current?.selection() ?? selected
    const part = meantBy(text, mode, now, found?.statements)
    const runId = crypto.randomUUID()
    // From its beginning: whoever leaves the page meanwhile finds it when they are back.
    const isPart = !isClosed(text.slice(part.from, part.to), text.slice(part.to))
    change(id, { run: { id: runId, offset: part.from, isPart } })
    const before = tab.run
    const came = await runs.start(id, runId, {
      mode,
      target: tab.target,
      text: text.slice(part.from, part.to),
      offset: part.from,
      parameters: parametersFor(
        part.what === 'all' ? parameters : parametersIn(text.slice(part.from, part.to)),
        tab.parameters,
      ),
      changesSchema: found?.statements.some((one) => one.does === 'changes_schema') ?? false,
    })
    // Once it is drawn: before, there is nothing to move to.
    if (narrow) setTimeout(() => below.current?.scrollIntoView(), 50)
    if ('error' in came) {
      // It never began; else it may still run, whatever became of the answer.
      const { status } = came.error
      if (status >= 400 && status < 500) change(id, ({ run }) => ({ run: run?.id === runId ? before : run }))
      return
    }
    const marks = marksAfter(came.run, part.from, t)
    if (marks.length > 0) editor.current?.show(marks)
  }

  const format = useFormat(editor, tab.text)

  const closeTab = (id: string) => {
    const closed = tabs.find((one) => one.id === id)
    states.delete(id)
    runs.forget(id)
    close(id)
    if (closed && isUnsaved(closed))
      notify.done({
        title: t('sql.tab.closed', { name: titleOf(closed) }),
        undo: () => reopen(closed),
      })
  }
  const chooseOn = (by: number) => {
    choose(placeOn(tabs, tab, by).id)
    // Once the other one's editor stands there.
    setTimeout(() => editor.current?.focus())
  }
  useAltKeys({
    KeyN: () => {
      open(tab.target)
      setTimeout(() => editor.current?.focus())
    },
    KeyX: () => closeTab(tab.id),
    PageUp: () => chooseOn(-1),
    PageDown: () => chooseOn(1),
    KeyC: () => bench.current?.querySelector<HTMLElement>('[role="combobox"]')?.focus(),
    KeyS: () => {
      const mode = tab.mode === 'read' ? 'simulate' : 'read'
      if (may(`sql.${mode}`)) change(tab.id, { mode })
    },
    KeyR: () => {
      below.current?.scrollIntoView({ block: 'nearest' })
      const results = below.current?.querySelector<HTMLElement>('[role="grid"]') ?? below.current
      results?.focus()
    },
  })

  useShortcuts([
    { keys: 'mod+enter', run: () => void start(tab.mode) },
    { keys: 'escape', run: () => isRunning && runs.cancel(tab.id) },
  ])

  return (
    <>
      <div className="sticky top-12 z-5 bg-canvas">
        {unmasking && <UnmaskingBanner open={unmasking} target={tab.target} />}
        {known ? (
          <EnvironmentBand target={known} />
        ) : (
          <UnknownBand error={target.error} onRetry={() => void target.refetch()} />
        )}
      </div>
      <section
        ref={bench}
        aria-label={t('sql.editor')}
        className={cx(
          'mb-4 min-w-0 overflow-hidden rounded-b-card border border-t-0 bg-surface',
          known ? frames[known.environment] : 'border-line',
        )}
      >
        <TargetBar
          value={tab.target}
          target={known}
          onChange={(next) => change(tab.id, { target: next })}
          onMany={() => go(sendTo({ tab: tab.id }))}
        >
          <UnmaskButton target={known} isOpen={unmasking !== undefined} />
          <ModeSwitch value={tab.mode} onChange={(mode) => change(tab.id, { mode })} />
          <RunButton
            meant={meant}
            mode={tab.mode}
            running={isRunning ? current : undefined}
            disabled={tab.text.trim() === '' || runs.isAnyRunning || !may(`sql.${tab.mode}`)}
            onRun={() => void start(tab.mode)}
            onCancel={() => runs.cancel(tab.id)}
          />
        </TargetBar>
        <TabStrip
          tabs={tabs}
          current={tab.id}
          isRunning={(id) => {
            const run = runs.of(id)
            return run !== undefined && !isOver(run)
          }}
          onChoose={choose}
          onClose={closeTab}
          onNew={() => open(tab.target)}
        />
        <SavedLine
          tab={tab}
          saving={saving}
          onChange={(part) => change(tab.id, part)}
          onReplace={(text) => editor.current?.replace(text)}
        />
        <div className="h-[clamp(11rem,34vh,24rem)] min-h-40 resize-y overflow-hidden [&_.cm-editor]:h-full [&>div]:h-full">
          <SqlEditor
            key={`${tab.id} ${language}`}
            handle={editor}
            states={states}
            id={tab.id}
            text={tab.text}
            label={t('sql.editor.text')}
            known={known}
            check={look}
            onChange={(text) => change(tab.id, { text })}
            onSelect={setSelected}
            onRun={() => void start(tab.mode)}
            onSimulate={() => may('sql.simulate') && void start('simulate')}
            onFormat={format}
            onEscape={() => {
              if (isRunning) runs.cancel(tab.id)
              return isRunning
            }}
          />
        </div>
        <ParameterFields
          count={parameters}
          values={tab.parameters}
          defined={tab.saved?.parameters}
          onChange={(values) => change(tab.id, { parameters: values })}
        />
        <div className="flex flex-wrap items-center gap-1 border-t border-line bg-sunken px-2 py-1 text-12 text-ink-muted">
          <Standing checked={checked} isEmpty={tab.text.trim() === ''} />
          <TextTools
            handle={editor}
            isEmpty={tab.text.trim() === ''}
            tables={known?.tables}
            onFormat={format}
          >
            <SavedActs
              tab={tab}
              count={parameters}
              isDraft={(checked?.problems.length ?? 0) > 0}
              saving={saving}
              onChange={(part) => change(tab.id, part)}
              onOpen={openQuery}
            />
          </TextTools>
        </div>
      </section>
      {/* Below a telephone's edge nobody would see that something came. */}
      <div ref={below} tabIndex={-1} className={unmasking ? 'scroll-mt-52' : 'scroll-mt-24'}>
        <Outcome
          tab={tab}
          running={current}
          onShow={(marks) => {
            editor.current?.show(marks)
            editor.current?.focus()
          }}
          onCancelOther={runs.cancelOther}
          onSimulate={
            may('sql.simulate')
              ? () => {
                  change(tab.id, { mode: 'simulate' })
                  void start('simulate')
                }
              : undefined
          }
          onMore={(run, offset) => {
            if (runs.isAnyRunning) return
            const { text, parameters: given } = run
            const asked = { target: run.target.id, text, offset, parameters: given, changesSchema: false }
            void runs
              .start(tab.id, crypto.randomUUID(), { mode: 'read', most: mostRowsShown, ...asked })
              .then(
                (more) =>
                  'run' in more &&
                  change(tab.id, { run: { id: more.run.id, offset, isPart: tab.run?.isPart ?? false } }),
              )
          }}
          onExample={(text) => {
            editor.current?.replace(text)
            editor.current?.focus()
          }}
        />
      </div>
    </>
  )
}
