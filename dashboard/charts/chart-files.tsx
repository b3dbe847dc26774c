import type { ReactNode, RefObject } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { downloadPng, downloadSvg, offerFile } from "./download.ts";

/** A chart to take away: as a picture, and its numbers where it has them as CSV. */
export function ChartFiles(props: {
  readonly svg: RefObject<SVGSVGElement | null>;
  /** Of the file, without its ending. */
  readonly name: string;
  readonly csv?: (() => string) | undefined;
  readonly disabled?: boolean;
}): ReactNode {
  const { t } = useSpeech();
  const { svg, name, csv } = props;
  const files = [
    ...(csv === undefined
      ? []
      : [
          {
            format: t("trend.csv"),
            save: () => offerFile(`${name}.csv`, new Blob([csv()], { type: "text/csv" })),
          },
        ]),
    { format: t("trend.png"), save: () => svg.current && void downloadPng(svg.current, name) },
    { format: t("trend.svg"), save: () => svg.current && downloadSvg(svg.current, name) },
  ];
  return files.map((file) => (
    <button
      key={file.format}
      type="button"
      className="button button-quiet"
      aria-label={t("trend.download", { format: file.format })}
      disabled={props.disabled ?? false}
      onClick={file.save}
    >
      {file.format}
    </button>
  ));
}
