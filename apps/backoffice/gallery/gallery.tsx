/**
 * Every component in its states, to look at while building. Only there in development, so its
 * sample texts are data like any other and stay out of the messages.
 */
import { Moon, Plus, Sun } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { prefer, usePreferences } from '#platform/ui/preferences.ts'
import { SessionProvider } from '#platform/ui/session.tsx'
import { Breadcrumbs } from '#platform/ui/breadcrumbs.tsx'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Controls } from './controls.tsx'
import { Figures } from './figures.tsx'
import { Floating } from './floating.tsx'
import { samples } from './samples.ts'
import { Table } from './table.tsx'

export function Gallery() {
  const t = useMessages()
  const { theme } = usePreferences()
  const [primary, setPrimary] = useState(0)
  return (
    <SessionProvider session={samples.session}>
      <main id="main" className="mx-auto flex max-w-6xl flex-col gap-8 px-gutter py-6">
        <div>
          <Breadcrumbs crumbs={samples.crumbs} />
          <PageHeader
            title={samples.title}
            count={samples.count}
            secondary={
              <IconButton
                icon={theme === 'night' ? Sun : Moon}
                label={t(theme === 'night' ? 'shell.theme.day' : 'shell.theme.night')}
                onClick={() => prefer({ theme: theme === 'night' ? 'day' : 'night' })}
              />
            }
            primary={
              <Button variant="primary" icon={Plus} onClick={() => setPrimary(primary + 1)}>
                {samples.primary}
              </Button>
            }
          />
        </div>
        <Figures />
        <Table />
        <Controls />
        <Floating />
      </main>
    </SessionProvider>
  )
}
