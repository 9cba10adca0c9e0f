import * as pauses from '../../engine/run/pacing/sleepUntilAborted';

/**
 * The engine's pauses take no time in the tests of a file, and its clock goes on by as much: for what comes after a pause of
 * seconds, and not for the pause itself.
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
