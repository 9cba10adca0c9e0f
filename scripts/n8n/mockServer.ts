/**
 * Starts the mock server for the vendors; returns the key that it accepts for each.
 *
 * @param port by default, any free one.
 */
export async function runMockServer(port = 0): Promise<{ url: string; keys: Record<string, string>; close(): Promise<void> }> {
	// Imported only here, because it loads much that other commands do not need.
	const { KEYS, startMockServer } = await import('../../test/support/mockServer');
	const mockServer = await startMockServer({ port });
	return { url: mockServer.url, keys: KEYS, close: async () => await mockServer.close() };
}
