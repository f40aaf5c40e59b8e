export async function loadLarge(
  _adminUrl: string | undefined,
  _today: string,
  _log: (sentence: string) => void,
): Promise<void> {}
