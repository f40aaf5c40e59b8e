import { Ellipsis, Flag, UserRoundPlus } from 'lucide-react'
import type { Queue, TicketRow } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Progress } from '#platform/ui/progress.tsx'
import type { BulkActs } from './bulk-acts.ts'
import { useBulkItems } from './bulk-items.ts'

type BulkProps = {
  acts: BulkActs
  chosen: readonly TicketRow[]
  queue: Queue
  onDone: () => void
}

/** What one may do with all that is selected; how far it is while it goes. On a telephone it is one button, and one row. */
export function BulkButtons({ acts, chosen, queue, onDone }: BulkProps) {
  const t = useMessages()
  const { first, assign, priority, more } = useBulkItems(acts, queue, onDone)(chosen)
  if (acts.run)
    return (
      <div className="w-56">
        <Progress label={t(`support.bulk.${acts.run.act}`)} done={acts.run.done} total={acts.run.total} />
      </div>
    )
  return (
    <>
      <span className="contents max-sm:hidden">
        {first.map(({ label, icon, onSelect }) => (
          <Button key={label} icon={icon} onClick={onSelect} className="max-sm:hidden">
            {label}
          </Button>
        ))}
        {assign.length > 0 && (
          <Menu
            items={assign.map(({ group: _group, ...item }) => item)}
            trigger={
              <Button icon={UserRoundPlus} className="max-sm:hidden">
                {t('support.bulk.assign')}
              </Button>
            }
          />
        )}
        {priority.length > 0 && (
          <Menu
            items={priority.map(({ group: _group, ...item }) => item)}
            trigger={
              <Button icon={Flag} className="max-sm:hidden">
                {t('support.column.priority')}
              </Button>
            }
          />
        )}
        {more.length > 0 && (
          <Menu
            align="end"
            items={more}
            trigger={
              <Button icon={Ellipsis} className="max-sm:hidden">
                {t('support.bulk.more')}
              </Button>
            }
          />
        )}
      </span>
      <Menu
        align="end"
        items={[...first, ...assign, ...priority, ...more]}
        trigger={
          <Button icon={Ellipsis} className="sm:hidden">
            {t('support.bulk.act')}
          </Button>
        }
      />
    </>
  )
}
