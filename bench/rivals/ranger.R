# A forest of R's ranger on the same matrix. Usage: Rscript ranger.R DIR TREES DEPTH (0 = unlimited) REPEATS
# Prints one JSON document: seconds of every fit and prediction, AUC, version.
suppressPackageStartupMessages(library(ranger))
args <- commandArgs(trailingOnly = TRUE)
meta <- readLines(file.path(args[1], "meta.json"), warn = FALSE)
field <- function(name) as.integer(sub(paste0('.*"', name, '": *([0-9]+).*'), "\\1", paste(meta, collapse = " ")))
rows <- field("rows"); columns <- field("columns"); train <- field("train")
x <- matrix(readBin(file.path(args[1], "x.f64"), "double", rows * columns), ncol = columns, byrow = TRUE)
colnames(x) <- paste0("x", seq_len(columns))
y <- factor(readBin(file.path(args[1], "y.u8"), "integer", rows, size = 1, signed = FALSE))
fits <- c(); firsts <- c(); predictions <- c()
for (i in seq_len(as.integer(args[4]))) {
  fits <- c(fits, system.time(model <- ranger(x = x[1:train, ], y = y[1:train], num.trees = as.integer(args[2]),
    max.depth = as.integer(args[3]), probability = TRUE, min.node.size = 1, num.threads = parallel::detectCores(),
    seed = 1, oob.error = FALSE, verbose = FALSE))[["elapsed"]])
  predicted <- function() system.time(said <<- predict(model, x[(train + 1):rows, ],
    num.threads = parallel::detectCores())$predictions[, "1"])[["elapsed"]]
  firsts <- c(firsts, predicted())
  predictions <- c(predictions, predicted(), predicted())
}
truth <- y[(train + 1):rows] == "1"
positives <- as.numeric(sum(truth)); negatives <- as.numeric(sum(!truth))
auc <- (sum(rank(said)[truth]) - positives * (positives + 1) / 2) / (positives * negatives)
list_of <- function(v) paste0("[", paste(format(v, digits = 6), collapse = ","), "]")
cat(sprintf('{"fits":%s,"firsts":%s,"predictions":%s,"auc":%.9f,"version":"%s"}\n', list_of(fits), list_of(firsts), list_of(predictions), auc,
  as.character(packageVersion("ranger"))))
