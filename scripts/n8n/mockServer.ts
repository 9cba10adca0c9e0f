/**
 * Starts the server that answers in the vendors' place, and gives the key that it accepts for each.
 *
 * @param port any free one when left out.
 */
export async function runMockServer(port = 0): Promise<{ url: string; keys: Record<string, string>; close(): Promise<void> }> {
	// With it comes much that other commands do not need.
	const { KEYS, startMockServer } = await import('../../test/support/mockServer');
	const mockServer = await startMockServer({ port });
	return { url: mockServer.url, keys: KEYS, close: async () => await mockServer.close() };
}
