/** What came in by mail and where it belongs: the list on the left, the one that is read beside it, a key for each act. */
import { useEffect, useRef } from 'react'
import { z } from 'zod'
import { getMailboxState, listReceivedMails, type ReceivedMail, ReceivedState } from '#contract/support'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint, usePages } from '#platform/ui/data.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import { useUrlState } from '#platform/ui/url-state.ts'
import { focusMail, MailList, rowOf } from './mail-list.tsx'
import { MailTabs } from './mail-tabs.tsx'
import { MailView } from './mail-view.tsx'
import { MailboxLine } from './mailbox-line.tsx'

const Address = z.object({
  state: ReceivedState.optional(),
  q: z.string().max(200).optional(),
  mail: z.uuid().optional(),
})

export function MailPage() {
  const t = useMessages()
  const formats = useFormats()
  const [{ state = 'to_confirm', q, mail: named }, change] = useUrlState(Address)
  const [text, setText] = useSettledText(q ?? '', (next) =>
    change({ q: next || undefined, mail: undefined }, { replace: true }),
  )
  const mailbox = useEndpoint(getMailboxState, {}, { every: 20_000 })
  const list = usePages(listReceivedMails, { query: { state, q } })
  const rows = list.rows ?? []
  // Who named none is shown the first, where there is room for both.
  const read = named ?? rows[0]?.id
  const left = useRef<string>(undefined)
  const go = (step: 1 | -1) => {
    const at = rows.findIndex(({ id }) => id === read)
    const next = named === undefined && at === 0 && step === 1 && !isFocused(read) ? rows[0] : rows[at + step]
    if (!next) return
    change({ mail: next.id }, { replace: true })
    focusMail(next.id)
  }
  useShortcuts([
    { keys: 'j', run: () => go(1) },
    { keys: 'k', run: () => go(-1) },
  ])
  /** The next one comes up by itself; on the last, the one before it. */
  const decided = ({ id }: Pick<ReceivedMail, 'id'>) => {
    const at = rows.findIndex((row) => row.id === id)
    const next = rows[at + 1] ?? rows[at - 1]
    left.current = id
    change({ mail: named && at !== -1 ? next?.id : undefined }, { replace: true })
  }
  // The act that was pressed has gone with its mail: the keys go on from the list.
  useEffect(() => {
    if (left.current === undefined || left.current === read) return
    left.current = undefined
    if (read !== undefined) focusMail(read)
  }, [read])

  return (
    <>
      <PageHeader
        title={t('support.received.page')}
        count={
          <output className="normal-nums">
            {list.total !== undefined &&
              t('support.received.count', { count: list.total, shown: formats.integer(list.total) })}
          </output>
        }
      >
        {mailbox.data && <MailboxLine mailbox={mailbox.data} />}
        <MailTabs state={state} toConfirm={mailbox.data?.toConfirm} />
      </PageHeader>
      <div
        className={cx(
          'flex flex-col gap-4',
          // With nothing to read the list has all the room.
          (read !== undefined || !list.rows) &&
            'lg:grid lg:grid-cols-[minmax(20rem,27rem)_minmax(0,1fr)] lg:items-start',
        )}
      >
        <div className={cx('flex min-w-0 flex-col gap-3', named && 'max-lg:hidden')}>
          <div className="[&>div]:w-full!">
            <SearchInput
              value={text}
              onChange={setText}
              label={t('support.received.search')}
              placeholder={t('support.received.search.placeholder')}
            />
          </div>
          <MailList list={list} state={state} q={q} read={read} />
        </div>
        <div
          className={cx(
            'min-w-0 lg:sticky lg:top-[calc(var(--shell-top)+1rem)] lg:max-h-[calc(100dvh-var(--shell-top)-2rem)] lg:overflow-y-auto',
            !named && 'max-lg:hidden',
          )}
        >
          {read && <MailView key={read} id={read} address={{ state, q }} onDecided={decided} />}
        </div>
      </div>
    </>
  )
}

const isFocused = (id: string | undefined) => id !== undefined && document.activeElement?.id === rowOf(id)
