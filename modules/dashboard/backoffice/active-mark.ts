import { createContext } from 'react'

/**
 * The mark whose figures are shown: a month's number in the row, or a status. By context, since the library
 * makes all marks of a plot anew when the plot is drawn again, and a mark made anew has lost the focus.
 */
export const ActiveMark = createContext<number | string | null>(null)

/** Told by a mark: where its figures are to be shown, while `on`. */
export type OnActive<Mark> = (mark: Mark, place: { x: number; y: number }, on: boolean) => void
