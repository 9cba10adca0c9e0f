import { startStandin, type Standin } from './mockServer';
import { stopEngine } from './engine';

/** A stand-in for the tests of one file: fresh before each test, closed at the end. */
export function useStandin(): { readonly url: string; readonly current: Standin; bodies(): unknown[] } {
	let standin: Standin;
	beforeAll(async () => {
		standin = await startStandin();
	});
	beforeEach(() => standin.reset());
	afterAll(async () => {
		await standin.close();
		await stopEngine();
	});
	return {
		get url() {
			return standin.url;
		},
		get current() {
			return standin;
		},
		/** The bodies that arrived, as they were sent. */
		bodies: () => standin.requests.map(({ rawBody }) => (rawBody === '' ? undefined : (JSON.parse(rawBody) as unknown))),
	};
}
