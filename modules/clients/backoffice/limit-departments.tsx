import { Chip } from '#platform/ui/chip.tsx'
import { FilterSearch } from '#platform/ui/filter-search.tsx'
import type { LimitChoiceProps } from '#platform/ui/limit-choice.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { departmentName, departmentOptions } from './department-name.ts'

/** Departments a role is limited to. */
export function LimitDepartments({ values, onChange }: LimitChoiceProps) {
  const t = useMessages()
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {values.map((code) => (
        <Chip
          key={code}
          label={t('clients.department')}
          value={departmentName(code)}
          onRemove={() => onChange(values.filter((one) => one !== code))}
        />
      ))}
      <FilterSearch
        label={t('clients.limit.departments')}
        placeholder={t('clients.department.find')}
        options={departmentOptions}
        value={values.filter((code) => departmentOptions.some(({ value }) => value === code)) as never[]}
        onChange={onChange}
      />
    </div>
  )
}
