/** An error that is shown to the user in plain words, without a stack. */
export class Problem extends Error {
	/**
	 * @param message complete sentences: what is wrong, and what to do about it.
	 * @param log a file with more about it.
	 */
	constructor(
		message: string,
		readonly log?: string,
	) {
		super(message);
		this.name = 'Problem';
	}
}
