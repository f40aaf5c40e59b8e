import { createContext, use } from 'react'

/** What the server said about each field of a form, by the field's name. */
export const Problems = createContext<Readonly<Record<string, string>>>({})

export function useProblem(name: string | undefined): string | undefined {
  const problems = use(Problems)
  return name === undefined ? undefined : problems[name]
}
