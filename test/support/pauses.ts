import * as pauses from '../../engine/run/pacing/sleepUntilAborted';

/**
 * Skips the engine's pauses in the tests of a file, and advances its clock instead: for tests of what follows a pause of
 * seconds, but not of the pause itself.
 */
export function skipPauses(): void {
	const now = Date.now.bind(Date);
	let ahead = 0;
	beforeEach(() => {
		ahead = 0;
		jest.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
		jest.spyOn(pauses, 'sleepUntilAborted').mockImplementation(async (milliseconds, signal) => {
			if (milliseconds > 0 && !signal?.aborted) ahead += milliseconds;
			await Promise.resolve();
		});
	});
	afterEach(() => {
		jest.restoreAllMocks();
	});
}
