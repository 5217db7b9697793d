use super::*;

fn confusion(counts: &[&[u32]]) -> Confusion {
    let mut confusion = Confusion::new(counts.len());
    for (label, row) in counts.iter().enumerate() {
        for (predicted, &count) in row.iter().enumerate() {
            (0..count).for_each(|_| confusion.add(label, predicted));
        }
    }
    confusion
}

/// Class 2 occurs and is never predicted; class 3 neither occurs nor is predicted.
fn lopsided() -> Confusion {
    confusion(&[&[5, 2, 0, 0], &[1, 7, 0, 0], &[3, 1, 0, 0], &[0, 0, 0, 0]])
}

#[test]
fn rows_are_labels_and_columns_are_predictions() {
    let mut confusion = Confusion::new(3);
    confusion.add(1, 2);
    confusion.add(1, 2);
    assert_eq!(confusion.counts(), [0, 0, 0, 0, 0, 2, 0, 0, 0]);
    assert_eq!((confusion.support(1), confusion.support(2), confusion.images()), (2, 0, 2));
}

#[test]
fn precision_recall_and_f1_are_those_of_scikit_learn() {
    let confusion = lopsided();
    assert_eq!(confusion.precision(0), Some(5.0 / 9.0));
    assert_eq!(confusion.recall(0), Some(5.0 / 7.0));
    assert_eq!(confusion.f1(0), Some(10.0 / 16.0));
    assert_eq!(confusion.precision(1), Some(0.7));
    assert_eq!(confusion.recall(1), Some(0.875));
    assert_eq!(confusion.f1(1), Some(14.0 / 18.0));
    assert_eq!(confusion.accuracy(), 12.0 / 19.0);
}

#[test]
fn a_class_that_is_never_predicted_has_no_precision_but_a_recall_of_0() {
    let confusion = lopsided();
    assert_eq!((confusion.precision(2), confusion.recall(2), confusion.f1(2)), (None, Some(0.0), Some(0.0)));
}

#[test]
fn a_class_that_never_occurs_has_no_recall() {
    let confusion = confusion(&[&[2, 1], &[0, 0]]);
    assert_eq!((confusion.precision(1), confusion.recall(1), confusion.f1(1)), (Some(0.0), None, Some(0.0)));
}

#[test]
fn a_class_that_neither_occurs_nor_is_predicted_has_no_value_at_all() {
    let confusion = lopsided();
    assert_eq!((confusion.precision(3), confusion.recall(3), confusion.f1(3)), (None, None, None));
    assert_eq!(confusion.support(3), 0);
}

/// The literals come from `precision_recall_fscore_support(y, p, labels=range(4), average="macro",
/// zero_division=0)` of scikit-learn.
#[test]
fn macro_averages_count_a_class_without_a_value_as_0_like_scikit_learn() {
    let MacroAverage { precision, recall, f1 } = lopsided().macro_average();
    for (ours, theirs) in [(precision, SKLEARN[0]), (recall, SKLEARN[1]), (f1, SKLEARN[2])] {
        assert!((ours - theirs).abs() < 1e-12, "{ours} {theirs}");
    }
}

const SKLEARN: [f64; 3] = [0.3138888888888889, 0.3973214285714286, 0.3506944444444444];

#[test]
fn a_perfect_reader_scores_1_everywhere() {
    let evaluation = evaluate(10, (0..100).map(|i| (i % 10, i % 10, 0.25)));
    assert_eq!((evaluation.accuracy, evaluation.loss, evaluation.images), (1.0, 0.25, 100));
    assert_eq!(evaluation.macro_average, MacroAverage { precision: 1.0, recall: 1.0, f1: 1.0 });
    assert!(evaluation.per_class.iter().all(|class| class.support == 10 && class.f1 == Some(1.0)));
}

fn evaluate(classes: usize, images: impl Iterator<Item = (usize, usize, f32)>) -> Evaluation {
    let mut evaluator = Evaluator::new(classes);
    images.for_each(|(label, predicted, loss)| evaluator.add(label, predicted, 0.5, loss));
    evaluator.evaluation()
}

#[test]
fn the_loss_is_the_mean_over_images_and_small_losses_are_not_lost_beside_large_ones() {
    let images = std::iter::once((0, 0, 1e8)).chain((0..1_000_000).map(|_| (0, 0, 0.5)));
    assert_eq!(evaluate(2, images).loss, (1e8 + 0.5e6) / 1_000_001.0);
}

#[test]
fn an_evaluation_of_no_image_is_all_0_and_not_a_nan() {
    let evaluation = evaluate(3, std::iter::empty());
    assert_eq!((evaluation.images, evaluation.loss, evaluation.accuracy), (0, 0.0, 0.0));
    assert_eq!(evaluation.macro_average, MacroAverage { precision: 0.0, recall: 0.0, f1: 0.0 });
}

#[test]
fn an_evaluation_has_the_names_that_the_page_reads() {
    let json = serde_json::to_value(evaluate(2, [(0, 1, 2.0)].into_iter())).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "images": 1, "loss": 2.0, "accuracy": 0.0, "classes": 2,
            "perClass": [
                { "precision": null, "recall": 0.0, "f1": 0.0, "support": 1 },
                { "precision": 0.0, "recall": null, "f1": 0.0, "support": 0 },
            ],
            "macro": { "precision": 0.0, "recall": 0.0, "f1": 0.0 },
        })
    );
}

#[test]
fn the_predicted_class_is_the_first_of_the_largest() {
    assert_eq!(predicted_class(&[0.1, 0.7, 0.7, 0.2]), 1);
    assert_eq!(predicted_class(&[-3.0, -2.0]), 1);
    assert_eq!(predicted_class(&[f32::NAN, 1.0]), 0);
    assert_eq!(predicted_class(&[]), 0);
}

#[test]
#[should_panic(expected = "classes go from 0 to 2")]
fn a_class_beyond_the_last_is_refused_rather_than_counted_elsewhere() {
    Confusion::new(3).add(0, 3);
}
