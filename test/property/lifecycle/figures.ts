/** The counts of a comparison, from which all figures are computed. */
export class Count {
	right = 0;
	/** Given, but not expected. */
	extra = 0;
	/** Expected, but not given (or given wrongly). */
	missed = 0;

	/** @returns the share of what was given that is right, 0 to 1 */
	get precision(): number {
		return share(this.right, this.right + this.extra);
	}

	/** @returns the share of what was expected that was given, 0 to 1 */
	get recall(): number {
		return share(this.right, this.right + this.missed);
	}

	/** Harmonic mean of precision and recall. */
	get f1(): number {
		return share(2 * this.right, 2 * this.right + this.extra + this.missed);
	}
}

/** Counts right answers out of all. */
export class Share {
	right = 0;
	of = 0;

	add(isRight: boolean): void {
		this.of++;
		if (isRight) this.right++;
	}

	get value(): number {
		return share(this.right, this.of);
	}
}

export function share(part: number, whole: number): number {
	return whole === 0 ? NaN : part / whole;
}

/** The figures of one set and one vendor (or all vendors), ready to print. */
export interface Figures {
	n: number;
	/** 0 to 1; NaN if nothing was expected. */
	values: { [name: string]: number };
	/** Answers that were given as sure, and how many of them are right. */
	sure: Share;
}

/** The confidence from which an answer counts as sure. */
export const SURE = 0.9;

export function mean(values: number[]): number {
	return share(
		values.reduce((sum, value) => sum + value, 0),
		values.length,
	);
}
