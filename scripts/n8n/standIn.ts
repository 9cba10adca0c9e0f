/**
 * Starts the server that answers in the vendors' place, and gives the key that it accepts for each.
 *
 * @param port any free one when left out.
 */
export async function startStandIn(port = 0): Promise<{ url: string; keys: Record<string, string>; close(): Promise<void> }> {
	// With it comes much that other commands do not need.
	const { KEYS, startStandin } = await import('../../test/support/mockServer');
	const standIn = await startStandin({ port });
	return { url: standIn.url, keys: KEYS, close: async () => await standIn.close() };
}
