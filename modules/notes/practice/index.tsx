import { NotebookPen, SquarePen } from 'lucide-react'
import type { Manifest } from '#platform/ui/manifest.ts'
import type fr from '../messages/fr.json'
import { newNoteTo } from './addresses.ts'

type Fr = typeof fr
declare module '#platform/ui/messages.tsx' {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Messages extends Fr {}
}

const needs = 'notes.read'

export const practice: Manifest = {
  pages: [
    {
      path: '/notes',
      title: 'notes.title',
      needs,
      load: () => import('./list/notes-page.tsx').then((module) => module.NotesPage),
    },
    {
      path: '/notes/new',
      title: 'notes.new',
      under: '/notes',
      needs: 'notes.write',
      load: () => import('./writing/new-note-page.tsx').then((module) => module.NewNotePage),
    },
    {
      path: '/notes/$id',
      title: 'notes.one',
      under: '/notes',
      needs,
      load: () => import('./note-page.tsx').then((module) => module.NotePage),
    },
  ],
  menu: [
    { group: 'notes.title', label: 'notes.title', icon: NotebookPen, to: '/notes', needs, shortcut: 'g n' },
  ],
  commands: [{ label: 'notes.new', icon: SquarePen, to: newNoteTo(), needs: 'notes.write' }],
  records: [
    {
      label: 'notes.title',
      icon: NotebookPen,
      needs,
      objectType: 'note',
      search: async (text, signal) => (await import('./list/note-search.ts')).searchNotes(text, signal),
    },
  ],
  cards: {
    patient: { needs, load: () => import('./list/patient-notes.tsx').then((module) => module.PatientNotes) },
    home: { needs, load: () => import('./device/unsaved-card.tsx').then((module) => module.UnsavedAtHome) },
  },
}
