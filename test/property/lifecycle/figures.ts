/** What a comparison counts; every figure is made of these. */
export class Count {
	right = 0;
	/** Given, and not asked for. */
	extra = 0;
	/** Asked for, and not given (or given wrongly). */
	missed = 0;

	/** @returns of what was given, how much is right; 0 to 1 */
	get precision(): number {
		return share(this.right, this.right + this.extra);
	}

	/** @returns of what was asked for, how much was given; 0 to 1 */
	get recall(): number {
		return share(this.right, this.right + this.missed);
	}

	/** Harmonic mean of both. */
	get f1(): number {
		return share(2 * this.right, 2 * this.right + this.extra + this.missed);
	}
}

/** Right answers of all. */
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

/** A figure of one set and one vendor (or all), ready to be printed. */
export interface Figures {
	n: number;
	/** 0 to 1; NaN where nothing was asked for. */
	values: { [name: string]: number };
	/** Answers that were given as sure, and how many of them are wrong. */
	sure: Share;
}

/** What counts as sure. */
export const SURE = 0.9;

export function mean(values: number[]): number {
	return share(
		values.reduce((sum, value) => sum + value, 0),
		values.length,
	);
}
