/** A command's surroundings; tests supply their own. */
export interface Io {
	/** Reads standard input to its end. */
	stdin(): Promise<string>;
	/** Writes one or more lines to standard output. */
	out(text: string): void;
	/** Writes one or more lines to standard error. */
	err(text: string): void;
	/** The checkout that `add` writes into. */
	root: string;
}
