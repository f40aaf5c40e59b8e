import { useMessages } from '#platform/ui/messages.tsx'
import { Palette as Base } from '#platform/ui/palette/palette.tsx'
import { useIsLimited, useSession } from '#platform/ui/session.tsx'
import { commands, menu, recordSources } from '../manifests.ts'
import { useOwnCommands } from './own-commands.ts'
import { recentPages } from './recent-pages.ts'

type PaletteProps = { onClose: () => void; takeTyped: () => string }

export function Palette(props: PaletteProps) {
  const t = useMessages()
  const isLimited = useIsLimited()
  const { id } = useSession()
  const limited = isLimited('clients.read') ? 'yes' : 'no'
  return (
    <Base
      {...props}
      offer={{
        recent: recentPages(id),
        pages: menu.flatMap(([, entries]) => entries),
        commands,
        own: useOwnCommands(),
        sources: recordSources,
        placeholder: t('shell.search.placeholder'),
        nothing: (query) => t('shell.search.none', { query, limited }),
        nothingHelp: t('shell.search.none.help'),
      }}
    />
  )
}
