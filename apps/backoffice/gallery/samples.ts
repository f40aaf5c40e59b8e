import type { Tone } from '#platform/ui/badge.tsx'

type Status = { word: string; tone: Tone }
export type Person = {
  id: string
  name: string
  email: string
  department: string
  status: Status
  due: string | null
  seen: string | null
  cents: number
}

const statuses: Status[] = [
  { word: 'Client', tone: 'success' },
  { word: 'Prospect', tone: 'info' },
  { word: 'Freemium', tone: 'neutral' },
  { word: 'Exclu', tone: 'danger' },
  { word: 'En cours', tone: 'warning' },
]
const first = ['Roxane', 'Élodie', 'Marc', 'Jean-Baptiste', 'Sophie', 'Yanis', 'Anne-Laure', 'Hugo']
const last = ['Arnaud', 'Lefèvre', 'Petit', 'de La Rochefoucauld', 'Nguyen', 'Benali', 'Roux', 'Faure']

export const people = (count: number): Person[] =>
  Array.from({ length: count }, (_, index) => {
    const name = `${first[index % 8] ?? ''} ${last[(index * 3 + 1) % 8] ?? ''}`
    return {
      id: `0199c3a0-${index}`,
      name,
      email: `${name
        .normalize('NFD')
        .replace(/[^a-z]/gi, '.')
        .toLowerCase()}@example.com`,
      department: String(((index * 13) % 94) + 1).padStart(2, '0'),
      status: statuses[index % 5] ?? { word: 'Client', tone: 'success' },
      due: index % 4 === 2 ? null : `2026-12-${String((index % 27) + 1).padStart(2, '0')}`,
      seen: index % 5 === 3 ? null : new Date(Date.now() - index ** 2 * 4e6 - 3e4).toISOString(),
      cents: 2900 * (index % 7) + (index % 3) * 450,
    }
  })

export const samples = {
  title: 'Clients',
  count: '12 au total',
  primary: 'Nouveau client',
  crumbs: [{ label: 'Accueil', to: '/' }, { label: 'Clients', to: '/_gallery' }, { label: 'Arnaud Roxane' }],
  session: {
    id: 'gallery',
    name: 'Claire Dumont',
    email: 'claire@example.com',
    roles: ['direction'],
    roleNames: {},
    permissions: new Set<string>(),
    limited: new Set<string>(),
  },
  words: {
    label: 'Adresse e-mail',
    help: 'Sert à se connecter et à recevoir les factures.',
    error: 'Cette adresse est déjà celle d’un autre client.',
    city: 'Ville',
    note: 'Note interne',
    plan: 'Formule',
    agree: 'Recevoir le message du jour',
    live: 'Actualiser en direct',
    save: 'Enregistrer',
    export: 'Exporter',
    more: 'Davantage',
    remove: 'Supprimer',
    open: 'Ouvrir',
    rename: 'Renommer',
    suspend: 'Suspendre',
    duplicate: 'Dupliquer',
    purge: 'Purger le client',
    purgeHelp: 'Ses données sont effacées et ne pourront pas être retrouvées.',
    name: 'Roxane Arnaud',
    status: 'Statut',
    department: 'Département',
    search: 'Rechercher nom, e-mail, ville',
    empty: 'Aucun client ne correspond',
    emptyHelp: 'Retirez un filtre ou cherchez un autre nom.',
    done: 'Client mis à la corbeille',
    failed: 'Le client a été modifié entre-temps',
    progress: 'Export des clients',
    history: 'Historique',
    invoices: 'Factures',
    identity: 'Identité',
  },
} as const satisfies Record<string, unknown>

export const options = [
  { value: 'solo', label: 'Solo' },
  { value: 'cabinet', label: 'Cabinet' },
  { value: 'freemium', label: 'Freemium' },
]
export const cities = ['Nancy', 'Metz', 'Strasbourg', 'Épinal', 'Lyon', 'Paris', 'Marseille', 'Lille'].map(
  (label) => ({ value: label, label }),
)
