/** Something to tell the user in plain words, without a stack. */
export class Problem extends Error {
	/**
	 * @param message whole sentences: what is wrong, and what to do about it.
	 * @param log the file that holds more about it.
	 */
	constructor(
		message: string,
		readonly log?: string,
	) {
		super(message);
		this.name = 'Problem';
	}
}
