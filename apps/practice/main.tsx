import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { MessagesProvider } from '#platform/ui/messages.tsx'
import { preferences } from '#platform/ui/preferences.ts'
import { UiProvider } from '#platform/ui/provider.tsx'
import '#platform/ui/styles.css'
import { Welcome } from './welcome.tsx'
import { catalogues } from './words.ts'

const { language } = preferences()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const first = { language, catalogue: await catalogues[language]() }

createRoot(root).render(
  <StrictMode>
    <MessagesProvider catalogues={catalogues} first={first}>
      <UiProvider>
        <Welcome />
      </UiProvider>
    </MessagesProvider>
  </StrictMode>,
)
