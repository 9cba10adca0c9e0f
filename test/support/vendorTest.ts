import { startMockServer, type MockServer } from './mockServer';
import { stopEngine } from './engine';

/** A mock server for the tests of one file: fresh before each test, closed at the end. */
export function useMockServer(): { readonly url: string; readonly current: MockServer; bodies(): unknown[] } {
	let mockServer: MockServer;
	beforeAll(async () => {
		mockServer = await startMockServer();
	});
	beforeEach(() => mockServer.reset());
	afterAll(async () => {
		await mockServer.close();
		await stopEngine();
	});
	return {
		get url() {
			return mockServer.url;
		},
		get current() {
			return mockServer;
		},
		/** The bodies that arrived, as they were sent. */
		bodies: () => mockServer.requests.map(({ rawBody }) => (rawBody === '' ? undefined : (JSON.parse(rawBody) as unknown))),
	};
}
