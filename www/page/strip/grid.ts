/** Least CSS pixels of a tile across; as many columns as fit. */
const LEAST_TILE = { wide: 132, narrow: 98 };
/** Below this width of the strip tiles are the narrow ones. */
const NARROW_STRIP = 560;

const GAP = 12;
/** CSS pixels of the name below a picture, at the usual text size. */
const NAME_REM = 1.6;

/** Bounds of a tile's width over height, so that neither panoramas nor tall screenshots spoil the grid. */
const WIDEST = 16 / 9;
const NARROWEST = 3 / 4;

/** Where tiles stand: all are alike, so that a place follows from an index and an index from a place. CSS pixels. */
export class Grid {
  readonly columns: number;
  readonly tileWidth: number;
  readonly pictureHeight: number;
  readonly rowHeight: number;
  readonly #count: number;
  /** A message below the row of this tile pushes the later rows down. */
  readonly #gap: { readonly belowRow: number; readonly height: number };

  /** @param shape width over height of the pictures @param message the tile that has a message below its row, and the message's height */
  constructor(width: number, count: number, shape: number, message: { index: number; height: number } | null) {
    const least = width < NARROW_STRIP ? LEAST_TILE.narrow : LEAST_TILE.wide;
    this.columns = Math.max(1, Math.floor((width + GAP) / (least + GAP)));
    this.tileWidth = Math.max(1, (width - GAP * (this.columns - 1)) / this.columns);
    this.pictureHeight = this.tileWidth / Math.min(Math.max(shape, NARROWEST), WIDEST);
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.rowHeight = this.pictureHeight + NAME_REM * rem + GAP;
    this.#count = count;
    this.#gap =
      message === null
        ? { belowRow: Number.POSITIVE_INFINITY, height: 0 }
        : { belowRow: this.#rowOf(message.index), height: message.height + GAP };
  }

  get height(): number {
    const rows = Math.ceil(this.#count / this.columns);
    return rows === 0 ? 0 : rows * this.rowHeight - GAP + (this.#gap.belowRow < rows ? this.#gap.height : 0);
  }

  place(index: number): { readonly x: number; readonly y: number } {
    const row = this.#rowOf(index);
    return { x: (index % this.columns) * (this.tileWidth + GAP), y: this.#top(row) };
  }

  /** Top of the message below a tile's row. */
  messageTop(index: number): number {
    return this.#top(this.#rowOf(index)) + this.rowHeight;
  }

  /** Indexes of the tiles that touch the part from `top` to `bottom`: first, and one past the last. */
  between(top: number, bottom: number): [number, number] {
    const first = this.#rowAt(top);
    const last = this.#rowAt(bottom);
    return [first * this.columns, Math.min(this.#count, (last + 1) * this.columns)];
  }

  /** Index in front of which something dropped at a point goes. */
  slotAt(x: number, y: number): number {
    const column = Math.min(this.columns, Math.max(0, Math.round(x / (this.tileWidth + GAP))));
    return Math.min(this.#count, this.#rowAt(y) * this.columns + column);
  }

  /** Where the mark of a slot stands: before its tile, or behind the last one of a row for the row's end. */
  mark(slot: number, x: number): { readonly x: number; readonly y: number } {
    const endsRow = slot > 0 && slot % this.columns === 0 && x > this.tileWidth;
    const at = endsRow || slot === this.#count ? this.place(slot - 1) : this.place(slot);
    return { x: at.x - GAP / 2 + (endsRow || slot === this.#count ? this.tileWidth + GAP : 0), y: at.y };
  }

  #rowOf(index: number): number {
    return Math.floor(index / this.columns);
  }

  #top(row: number): number {
    return row * this.rowHeight + (row > this.#gap.belowRow ? this.#gap.height : 0);
  }

  #rowAt(y: number): number {
    const last = Math.max(0, Math.ceil(this.#count / this.columns) - 1);
    const plain = Math.floor(y / this.rowHeight);
    const row = plain <= this.#gap.belowRow ? plain : Math.floor((y - this.#gap.height) / this.rowHeight);
    return Math.min(last, Math.max(0, row));
  }
}
