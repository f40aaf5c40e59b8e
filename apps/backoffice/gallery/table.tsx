import { Copy, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from '#platform/ui/avatar.tsx'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { type Column, DataTable, type Sort } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { SearchInput } from '#platform/ui/input.tsx'
import { Money } from '#platform/ui/money.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { options, people, type Person, samples } from './samples.ts'

const { words } = samples
const asked = Number(new URLSearchParams(location.search).get('rows') ?? 9)

const columns: Column<Person>[] = [
  {
    id: 'name',
    header: 'Nom',
    width: 240,
    grow: true,
    sortable: true,
    cell: ({ name, email }) => (
      <span className="flex min-w-0 items-center gap-2.5">
        <Avatar name={name} />
        <span className="min-w-0 leading-tight">
          <span className="block truncate font-medium">{name}</span>
          <span className="block truncate text-12 text-ink-muted">{email}</span>
        </span>
      </span>
    ),
  },
  { id: 'department', header: 'Dép.', width: 64, importance: 3, cell: (person) => person.department },
  {
    id: 'status',
    header: words.status,
    width: 120,
    sortable: true,
    card: 'aside',
    importance: 2,
    cell: ({ status }) => <Badge tone={status.tone}>{status.word}</Badge>,
  },
  {
    id: 'due',
    header: 'Échéance',
    width: 110,
    importance: 3,
    sortable: true,
    cell: ({ due }) => <DateText value={due} />,
  },
  {
    id: 'seen',
    header: 'Dernière connexion',
    width: 260,
    importance: 4,
    cell: ({ seen }) => (seen ? <DateText value={seen} show="both" /> : 'Jamais connecté'),
  },
  {
    id: 'cents',
    header: 'À payer',
    width: 110,
    importance: 5,
    align: 'end',
    sortable: true,
    cell: ({ cents }) => <Money cents={cents} />,
  },
]

export function Table() {
  const [sort, setSort] = useState<Sort>({ column: 'name', direction: 'asc' })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['0199c3a0-2']))
  const [search, setSearch] = useState('')
  const [status, setStatus] = useState<string[]>(['solo'])
  const rows = people(asked).filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
  return (
    <>
      <DataTable
        id="gallery"
        label={samples.title}
        columns={columns}
        rows={rows}
        lines={2}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        rowTo={() => '/_gallery'}
        rowActions={(person) => [
          {
            label: words.rename,
            icon: Pencil,
            quick: true,
            onSelect: () => notify.told({ title: person.name }),
          },
          { label: words.duplicate, icon: Copy, onSelect: () => notify.told({ title: person.name }) },
          {
            label: words.remove,
            icon: Trash2,
            danger: true,
            group: ' ',
            onSelect: () => notify.done({ title: words.done, undo: () => undefined }),
          },
        ]}
        sort={sort}
        onSort={setSort}
        selected={selected}
        onSelect={setSelected}
        bulk={<Button>{words.suspend}</Button>}
        toolbar={
          <>
            <SearchInput label={words.search} value={search} onChange={setSearch} />
            <FilterMenu label={words.status} options={options} value={status} onChange={setStatus} />
            {status.map((one) => (
              <Chip
                key={one}
                label={words.status}
                value={one}
                onRemove={() => setStatus(status.filter((other) => other !== one))}
              />
            ))}
          </>
        }
        empty={
          <EmptyState title={words.empty}>
            <p>{words.emptyHelp}</p>
          </EmptyState>
        }
      />
      <DataTable
        id="gallery-loading"
        label={words.invoices}
        columns={columns}
        rows={undefined}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        empty={null}
      />
    </>
  )
}
