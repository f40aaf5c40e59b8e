/** Told by a mark: where its figures are to be shown, while `on`. */
export type OnActive<Mark> = (mark: Mark, place: { x: number; y: number }, on: boolean) => void
